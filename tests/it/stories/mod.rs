mod booking;
mod faults;
mod guards;
mod road;
mod visits;
mod who;
