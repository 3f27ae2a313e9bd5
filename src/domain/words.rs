//! stub
use crate::domain::clinic::Locale;
#[derive(Clone,Copy,PartialEq,Eq,Hash,Debug)]
pub enum Word { Stop, Start, Person, Menu, Help, Book, Mine, Move, CancelIt, CancelOrStop, Yes, No, Hello, Thanks, LanguageAr, LanguageEn, LanguageAsk, Emergency, Distress, DeathTold }
impl Word { pub fn code(self)->u8 {self as u8} pub fn from_code(_:u8)->Option<Self>{None} }
pub struct Reading { pub word: Option<Word>, pub script: Option<Locale> }
pub fn read(_:&str)->Reading { Reading{word:None,script:None} }
