pub mod booking;
mod faults;
mod guards;
mod road;
mod typed;
mod visits;
mod who;
